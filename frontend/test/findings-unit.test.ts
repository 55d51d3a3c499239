import { inUnit, textInUnit } from '@/features/findings/in-unit';

const TEXT =
  'On 6 of 30 nights glucose was below {level:70}; the mean was {difference:12.4} lower (95 % interval {change:-20.2} to {change:-4.1}), time in range 5 percentage points higher.';

it('gives every amount of a text in the unit of its reader, and leaves percent alone', () => {
  expect(textInUnit(TEXT, 'mg/dL', 'en-GB')).toBe(
    'On 6 of 30 nights glucose was below 70 mg/dL; the mean was 12 mg/dL lower (95 % interval −20 to −4.1), time in range 5 percentage points higher.',
  );
  expect(textInUnit(TEXT, 'mmol/L', 'en-GB')).toBe(
    'On 6 of 30 nights glucose was below 3.9 mmol/L; the mean was 0.7 mmol/L lower (95 % interval −1.1 to −0.23), time in range 5 percentage points higher.',
  );
});

it.each([
  ['{level:54}', '3.0 mmol/L'],
  ['{level:180}', '10.0 mmol/L'],
  ['{difference:8}', '0.44 mmol/L'],
  ['{difference:20}', '1.1 mmol/L'],
  ['{change:11.8}', '+0.7'],
  ['{change:0}', '0.00'],
])('%s in mmol/L reads %s', (text, shown) => {
  expect(textInUnit(text, 'mmol/L', 'en-GB')).toBe(shown);
});

it('reaches every text of an answer and no number', () => {
  const answer = { status: 'done', found: [{ text: 'below {level:70}', effect: { value: 8 } }], missing: null };
  expect(inUnit(answer, 'mmol/L', 'de-DE')).toEqual({
    status: 'done',
    found: [{ text: 'below 3,9 mmol/L', effect: { value: 8 } }],
    missing: null,
  });
});
