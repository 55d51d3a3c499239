import { renderToStaticMarkup } from 'react-dom/server';
import { DayGraphic } from '@/charts/days/day-graphic';
import { layoutDay } from '@/charts/days/layout';
import { layoutProfile } from '@/charts/profile/layout';
import { ProfileGraphic } from '@/charts/profile/profile-graphic';
import { MiniRangeBar } from '@/charts/ranges/mini-range-bar';
import { RangeBar } from '@/charts/ranges/range-bar';
import { dayOf, flat, profileOf, segmentsOf } from './data';

const NAMES = { name: 'Name', detail: 'detail' };
const LABELS = {
  graphic: 'Time in ranges. 81 % in range.',
  bands: { veryHigh: NAMES, high: NAMES, inRange: NAMES, low: NAMES, veryLow: NAMES },
  brackets: { above: 'above range', below: 'below range' },
};

describe('what the graphics print', () => {
  it('prints the displayed value of every band, and a dash without data', () => {
    const segments = segmentsOf([3, 13, 81, 2, 0.4]).map((segment) =>
      segment.band === 'veryLow' ? { ...segment, display: '<1' } : segment,
    );
    const ranges = { segments, brackets: [], tightRange: null, goals: [] };
    const html = renderToStaticMarkup(<RangeBar ranges={ranges} labels={LABELS} height={196} />);
    for (const value of ['3 %', '13 %', '81 %', '2 %', '&lt;1 %']) expect(html).toContain(`>${value}</text>`);

    const none = { ...ranges, segments: segments.map((segment) => ({ ...segment, percent: null })) };
    const empty = renderToStaticMarkup(<RangeBar ranges={none} labels={LABELS} height={196} />);
    expect(empty.match(/>–<\/text>/g)).toHaveLength(5);
  });

  it('hatches very high and very low besides colouring them', () => {
    const html = renderToStaticMarkup(<MiniRangeBar segments={segmentsOf([10, 20, 50, 15, 5])} label="ranges" />);
    expect(html.match(/url\(#hatch-/g)).toHaveLength(2);
    expect(html).toContain('aria-label="ranges"');
  });

  it('labels the profile in the unit shown, and hours from 00 to 24', () => {
    const render = (unit: 'mg/dL' | 'mmol/L') =>
      renderToStaticMarkup(
        <ProfileGraphic
          layout={layoutProfile(profileOf(), { height: 244, unit })}
          unit={unit}
          locale="en-GB"
          label="profile"
          medianLabel="Median"
        />,
      );
    const texts = (html: string) => [...html.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map((match) => match[1]);
    expect(texts(render('mg/dL')).slice(0, 6)).toEqual(['400', '250', '180', '70', '54', '40']);
    expect(texts(render('mmol/L')).slice(0, 6)).toEqual(['22.0', '13.9', '10.0', '3.9', '3.0', '2.0']);
    expect(texts(render('mg/dL')).slice(-9)).toEqual(['00', '03', '06', '09', '12', '15', '18', '21', '24']);
    expect(texts(render('mg/dL')).slice(6, 11)).toEqual(['95 %', '75 %', 'Median', '25 %', '5 %']);
  });

  it('never uses an inline style, which the content policy forbids', () => {
    const day = layoutDay(dayOf([...flat(0, 600, 50), ...flat(605, 1200, 420)]), {
      height: 58,
      unit: 'mg/dL',
      axis: { min: 40, max: 400 },
      target: { lowMgdl: 70, highMgdl: 180 },
      widthPx: 180,
    });
    expect(renderToStaticMarkup(<DayGraphic layout={day} label="day" />)).not.toContain('style=');
  });
});
