// Translates a line of the chat, by the browser's own translator or by the relay's.
//
// Written before it by the relay: TRANSLATES, whether the relay has a translator to ask. In: `window.translateLine`, called by
// the shell when the visitor has asked for it. Out: the translation; null where nothing here translates; an error where it
// was not possible now. A number or an address in the line is in the translation as it was, or there is no translation.

// Addresses, and whatever has digits, with the capitals of a code beside them.
const KEPT = /(https?:\/\/[!-~]*[\w/]|(?:[\w.+-]+@)?(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#][!-~]*[\w/])?|[A-Z+-]*\p{Nd}[A-Z\p{Nd}]*(?:[.,:/-][A-Z\p{Nd}]+)*)/u;
const NUMBER = /\p{Nd}+(?:[.,:/-]\p{Nd}+)*/gu;

// A browser that has to fetch a language first may take long.
const FETCHED_WITHIN_MS = 90_000;

// Whoever translates; longer than the relay waits for its translator.
const ANSWERED_WITHIN_MS = 10_000;

window.translateLine = async (line, from, to) => {
  const ask = (await ownTranslator(from, to)) ?? (TRANSLATES ? relays(from, to) : null);
  if (!ask) return null;
  const [whole] = await ask([line]);
  if (keeps(line, whole)) return whole;
  // A number was rewritten, as in the names of months: what stands between them is translated by itself.
  const pieces = line.split(KEPT).map((piece) => piece.trim());
  const isText = (piece, index) => index % 2 === 0 && /\p{L}/u.test(piece);
  const translated = await ask(pieces.filter(isText));
  const all = pieces.map((piece, index) => (isText(piece, index) ? translated.shift() : piece)).filter(Boolean);
  const joined = all.join(' ').replace(/ (?=[,.;:!?)、。，])/g, '');
  if (keeps(line, joined)) return joined;
  throw new Error('the translator changes numbers or addresses');
};

function keeps(line, translation) {
  const numbers = (text) => (text.match(NUMBER) ?? []).sort().join(' ');
  const kept = line.split(KEPT).filter((_, index) => index % 2);
  return numbers(line) === numbers(translation) && kept.every((piece) => translation.includes(piece));
}

// What is on the device already comes first: nothing leaves it. What the browser would have to fetch is large, and is fetched
// only where nobody else translates, and data need not be saved.
async function ownTranslator(from, to) {
  // Browsers call simplified Chinese by the short name.
  const [sourceLanguage, targetLanguage] = [from, to].map((tag) => (tag === 'zh-Hans' ? 'zh' : tag));
  const languages = { sourceLanguage, targetLanguage };
  try {
    const state = (await self.Translator?.availability(languages)) ?? 'unavailable';
    const mayFetch = !TRANSLATES && state !== 'unavailable' && !navigator.connection?.saveData;
    if (state !== 'available' && !mayFetch) return null;
    const translator = await Translator.create({ ...languages, signal: AbortSignal.timeout(FETCHED_WITHIN_MS) });
    const signal = () => AbortSignal.timeout(ANSWERED_WITHIN_MS);
    return (texts) => Promise.all(texts.map((text) => translator.translate(text, { signal: signal() })));
  } catch (error) {
    if (TRANSLATES) return null;
    throw error;
  }
}

function relays(source, target) {
  return async (texts) => {
    const response = await fetch('/api/translate', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source, target, texts }),
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    });
    if (!response.ok) throw new Error(`the relay's translator: status ${response.status}`);
    return (await response.json()).texts;
  };
}
