import { toJson } from '../../../src/commands/print-json.js';

describe('the JSON that commands print', () => {
  it('puts the id before columns that are numbers', () => {
    expect(toJson([{ id: 'E', 0: 90, 25: 103.75 }])).toBe('[{"id":"E","0":90,"25":103.75}]');
  });

  it.each([
    [{ a: [1, null, { b: 'x"y' }], c: undefined, d: new Date(0) }],
    [null],
    [[]],
    [{}],
    [[undefined, Number.NaN]],
    ['text'],
  ])('is otherwise what JSON.stringify writes: %j', (value) => {
    expect(toJson(value)).toBe(JSON.stringify(value));
  });
});
