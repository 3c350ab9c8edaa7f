// In dev bundles only: looks whether another bundle or another city is being served by now.
(() => {
  const lookEveryMs = 1000;
  // Addresses of the city and of texts carry a hash of their content.
  const city = /"\/(?:city|locales)\/[^"]+"/g;
  let first;
  const get = async (address) => {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.text();
  };
  const look = async () => {
    try {
      const [bundle, page] = [await get("/bundle.json"), await get("/")];
      const served = [bundle, ...page.match(city)].join();
      if (first !== undefined && served !== first) location.reload();
      first ??= served;
    } catch {
      // The relay is being started anew.
    }
    setTimeout(look, lookEveryMs);
  };
  look();
})();
