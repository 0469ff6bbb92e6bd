/** Functions that check answers: regular expressions, and how many of several answers are above 0. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import { matchesWhole } from './regex.ts';
import { toNumber } from './values.ts';

export const CHECK_FUNCTIONS: FunctionTable = [
  ['regex', takes(2, 2, (given) => matchesWhole(given.text(1), given.text(0)))],
  ['checklist', takes(2, Number.POSITIVE_INFINITY, checklist)],
  ['weighted-checklist', takes(2, Number.POSITIVE_INFINITY, weightedChecklist)],
];

function checklist(given: Arguments): boolean {
  const answers = given.plainFrom(2);
  return isBetween(given, answers.filter((answer) => toNumber(answer) > 0).length);
}

/** Answers and weights take turns; a node-set of answers goes with a node-set of weights. */
function weightedChecklist(given: Arguments): boolean {
  let total = 0;
  for (let index = 2; index + 1 < given.count; index += 2) {
    const answers = plain(given, index);
    const weights = plain(given, index + 1);
    answers.forEach((answer, place) => {
      const weight = weights[place];
      if (weight !== undefined && toNumber(answer) > 0) total += toNumber(weight);
    });
  }
  return isBetween(given, total);
}

function plain(given: Arguments, index: number): (string | number | boolean)[] {
  const value = given.value(index);
  return typeof value === 'object' ? value.map((node) => node.text) : [value];
}

/** The first two arguments are the least and the most; -1 is no limit. */
function isBetween(given: Arguments, total: number): boolean {
  const least = given.number(0);
  const most = given.number(1);
  return (least === -1 || total >= least) && (most === -1 || total <= most);
}
