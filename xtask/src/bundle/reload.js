// In dev bundles only: looks whether another bundle is being served by now.
(() => {
  const lookEveryMs = 1000;
  let first;
  const look = async () => {
    try {
      const response = await fetch("/bundle.json", { cache: "no-store" });
      const served = await response.text();
      if (response.ok && first !== undefined && served !== first) location.reload();
      if (response.ok) first ??= served;
    } catch {
      // The relay is being started anew.
    }
    setTimeout(look, lookEveryMs);
  };
  look();
})();
