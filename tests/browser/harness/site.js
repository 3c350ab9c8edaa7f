// Another site: a page of another origin, that shows an address in a frame.

import { once } from 'node:events';
import http from 'node:http';

export class Site {
  static async start() {
    const site = new Site();
    site.server = http.createServer((request, response) => {
      const { searchParams } = new URL(request.url, site.url);
      const [address, width, height] = ['address', 'width', 'height'].map((key) => searchParams.get(key));
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><title>Another site</title><link rel="icon" href="data:,">
        <iframe title="City" src="${address}" width="${width}" height="${height}" style="border:0"></iframe>`);
    });
    site.server.listen(0, '127.0.0.1');
    await once(site.server, 'listening');
    site.url = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  // The address of the page around an address.
  around(address, { width = 400, height = 300 } = {}) {
    return `${this.url}/?${new URLSearchParams({ address, width, height })}`;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
