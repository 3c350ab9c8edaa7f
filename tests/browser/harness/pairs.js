// Few combinations in which each value of one factor meets each value of every other: where two things must come together for a
// fault, one of these has them together.

// `factors` are lists of values by name. The same combinations each time: always the one that brings most pairs that are new.
export function pairwise(factors) {
  const all = combinations(Object.entries(factors));
  const missing = new Set(all.flatMap(pairsOf));
  const chosen = [];
  while (missing.size > 0) {
    let best = { news: 0 };
    for (const combination of all) {
      const news = pairsOf(combination).filter((pair) => missing.has(pair)).length;
      if (news > best.news) best = { news, combination };
    }
    chosen.push(best.combination);
    for (const pair of pairsOf(best.combination)) missing.delete(pair);
  }
  return chosen;
}

function combinations([first, ...others]) {
  if (!first) return [{}];
  const [name, values] = first;
  const rest = combinations(others);
  return values.flatMap((value) => rest.map((combination) => ({ [name]: value, ...combination })));
}

function pairsOf(combination) {
  const all = Object.entries(combination).map((entry) => entry.join('='));
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => `${one} ${other}`));
}
