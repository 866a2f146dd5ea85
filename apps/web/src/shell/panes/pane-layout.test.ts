import { Arrangement } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import {
  addPane,
  closePane,
  FIRST_ARRANGEMENT,
  lineValue,
  moveLine,
  movePane,
  panesOf,
  putBeside,
  type Side,
} from './pane-layout.ts';

const drawn = ({ columns }: Arrangement) =>
  columns.map(({ panes }) => panes.map(({ id }) => id).join('/')).join(' ');
const arranged = (text: string): Arrangement => ({
  columns: text.split(' ').map((column) => ({
    share: 1,
    panes: column.split('/').map((id) => ({ id, address: `/${id}`, share: 1 })),
  })),
});

it('begins with what the contract allows', () => {
  expect(Arrangement.safeParse(FIRST_ARRANGEMENT).success).toBe(true);
});

it('adds a column while there is room for one, then below the fewest, then no more', () => {
  let now = arranged('a');
  const steps = Array.from({ length: 12 }, () => {
    now = addPane(now, '/inbox');
    return drawn(now);
  });
  expect([steps[0], steps[1], steps[2]]).toEqual(['a p1', 'a p1 p2', 'a/p3 p1 p2']);
  expect([panesOf(now).length, Arrangement.safeParse(now).success]).toEqual([12, true]);
});

it('closes a pane, and its column with the last one', () => {
  expect(drawn(closePane(arranged('a b/c'), 'a'))).toBe('b/c');
  expect(drawn(closePane(arranged('a b/c'), 'c'))).toBe('a b');
});

it('moves a pane one step to each side', () => {
  const step = (text: string, id: string, side: Side) => drawn(movePane(arranged(text), id, side));
  expect(step('a b/c', 'c', 'up')).toBe('a c/b');
  expect(step('a b/c', 'b', 'down')).toBe('a c/b');
  expect(step('a b/c', 'c', 'left')).toBe('c/a b');
  expect(step('a b/c', 'c', 'right')).toBe('a b c');
  expect(step('a b', 'a', 'left')).toBe('a b');
  expect(step('a b', 'a', 'right')).toBe('a/b');
});

it('puts a pane at any side of another', () => {
  const put = (side: Side) => drawn(putBeside(arranged('a b/c'), 'a', { target: 'c', side }));
  expect(['left', 'right', 'up', 'down'].map((side) => put(side as Side))).toEqual([
    ...['a b/c', 'b/c a', 'b/a/c', 'b/c/a'],
  ]);
});

it('never loses a pane, whatever is moved where', () => {
  const all = arranged('a b/c d/e/f g');
  const ids = [...'abcdefg'];
  for (const id of ids)
    for (const target of ids)
      for (const side of ['left', 'right', 'up', 'down'] as const) {
        const next = movePane(putBeside(all, id, { target, side }), target, side);
        expect(
          panesOf(next)
            .map((pane) => pane.id)
            .toSorted(),
        ).toEqual(ids);
        expect(Arrangement.safeParse(next).success).toBe(true);
      }
});

it('moves a line, and leaves both neighbours a rest', () => {
  const line = { kind: 'column', before: 0 } as const;
  const start = arranged('a b');
  expect([0.1, -0.2, 9, -9].map((by) => lineValue(moveLine(start, line, by), line))).toEqual([
    60, 30, 88, 12,
  ]);
  expect(moveLine(start, { kind: 'pane', column: 7, before: 0 }, 1)).toEqual(start);
});
