import { expect, it } from 'vitest';
import { piecesOf } from './marked-pieces.ts';

const shown = (...given: Parameters<typeof piecesOf>) =>
  piecesOf(...given).map(({ text, isMarked }) => (isMarked ? `[${text}]` : text));

it('cuts a text at its marks', () => {
  expect(
    shown('the newt and newt', [
      { from: 4, to: 8 },
      { from: 13, to: 17 },
    ]),
  ).toEqual(['the ', '[newt]', ' and ', '[newt]']);
  expect(shown('newt', [])).toEqual(['newt']);
  expect(shown('', [])).toEqual([]);
});

it('is not led astray by marks that lie outside or in each other', () => {
  expect(
    shown('newt', [
      { from: 2, to: 9 },
      { from: -1, to: 2 },
      { from: 3, to: 3 },
    ]),
  ).toEqual(['newt']);
  expect(
    shown('newts', [
      { from: 0, to: 4 },
      { from: 2, to: 5 },
    ]),
  ).toEqual(['[newt]', 's']);
});
