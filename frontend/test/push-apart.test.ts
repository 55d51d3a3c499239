import { pushApart } from '@/charts/push-apart';

const gapsOf = (places: readonly number[]) => places.slice(1).map((place, index) => place - (places[index] ?? 0));

describe('pushing labels apart', () => {
  it('leaves labels alone that have room', () => {
    expect(pushApart([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]);
  });

  it('parts two equal labels by the same way up and down', () => {
    expect(pushApart([50, 50], 20, 0, 100)).toEqual([40, 60]);
  });

  it('keeps the gap in a crowd that has to be solved as a whole', () => {
    const places = pushApart([48, 49, 50, 51, 52], 15, 0, 200);
    expect(gapsOf(places).every((gap) => gap >= 15 - 1e-9)).toBe(true);
    expect(places.reduce((sum, place) => sum + place, 0) / 5).toBeCloseTo(50);
  });

  it('keeps every label inside its bounds', () => {
    const places = pushApart([0, 1, 299, 300], 15, 7, 293);
    expect(places[0]).toBeGreaterThanOrEqual(7);
    expect(places[3]).toBeLessThanOrEqual(293 + 1e-9);
    expect(gapsOf(places).every((gap) => gap >= 15 - 1e-9)).toBe(true);
  });

  it('has nothing to do for no labels', () => {
    expect(pushApart([], 15, 0, 100)).toEqual([]);
  });
});
