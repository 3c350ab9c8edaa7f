// Waiting for a condition, never for a time.

const POLL_MS = 40;

// The condition's first truthy value. After `within` milliseconds it fails and tells what never came true, with the
// value of `tell`, if given.
export async function eventually(what, condition, { within = 20_000, tell } = {}) {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) {
      const told = tell ? `; instead: ${JSON.stringify(await tell())}` : '';
      throw new Error(`not within ${within} ms: ${what}${told}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
