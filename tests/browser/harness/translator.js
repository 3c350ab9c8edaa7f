// A translator as an operator may name one: it speaks as LibreTranslate does, and does what the line says.

import { once } from 'node:events';
import http from 'node:http';

export class Translator {
  // What it was asked, in order.
  questions = [];

  static async start() {
    const translator = new Translator();
    translator.server = http.createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const question = JSON.parse(body);
      translator.questions.push(question);
      const texts = [question.q].flat();
      if (texts[0].includes('hang')) return;
      if (texts[0].includes('page')) {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html><p>Sign in to the network');
        return;
      }
      const translated = texts.map((text) => translation(text, question.target));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ translatedText: Array.isArray(question.q) ? translated : translated[0] }));
    });
    translator.server.listen(0, '127.0.0.1');
    await once(translator.server, 'listening');
    translator.url = `http://127.0.0.1:${translator.server.address().port}`;
    return translator;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

// A line with `liar` in it gets another number; of a line with months and addresses, what translators make of them.
function translation(text, language) {
  if (text.includes('liar')) return `${text} 7`;
  if (text.includes('markup')) return '<img src=x onerror="window.hurt=true"><b>bold</b>';
  const rewritten = text.replace('11월', 'November').replace('https://', 'http://');
  return `${language}(${rewritten})`;
}
