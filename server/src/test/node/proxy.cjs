// Stands between the client and the server and holds every exchange against a description of the
// protocol (OpenAPI as JSON): the address must be known, and a request that the server took and
// every answer must fit their schemas.
'use strict';

const http = require('node:http');
const Ajv2020 = require('ajv/dist/2020').default;

class Description {
  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    this.ajv.addSchema(document, 'api', undefined, false);
    this.validators = new Map();
    this.routes = Object.keys(document.paths).map(path => ({
      path,
      pattern: new RegExp(
        '^' + path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)') + '$'),
      // Fixed parts win over parts that stand for anything.
      variables: (path.match(/\{/g) || []).length,
    })).sort((a, b) => a.variables - b.variables);
  }

  find(path, method) {
    return this.routes.find(
      route => route.pattern.test(path) && this.document.paths[route.path][method]);
  }

  // What does not fit; empty for nothing.
  check(pointer, value) {
    const fragment = pointer
      .map(part => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')))
      .join('/');
    if (!this.validators.has(fragment)) {
      this.validators.set(fragment, this.ajv.compile({ $ref: 'api#/' + fragment }));
    }
    const validate = this.validators.get(fragment);
    return validate(value) ? [] : validate.errors.map(e => `${e.instancePath} ${e.message}`);
  }

  // What is wrong with an exchange; empty for nothing.
  problems(method, path, requestText, status, type, answerText) {
    const route = this.find(path, method);
    if (!route) {
      return ['the description does not know this address'];
    }
    const operation = this.document.paths[route.path][method];
    const at = ['paths', route.path, method];
    const problems = [];
    if (operation.requestBody && status < 400) {
      const pointer = [...at, 'requestBody', 'content', 'application/json', 'schema'];
      this.check(pointer, JSON.parse(requestText)).forEach(p => problems.push('request: ' + p));
    }
    const response = operation.responses[status];
    if (!response) {
      return [...problems, `the description does not know status ${status}`];
    }
    if (type !== 'application/json') {
      problems.push(`Content-Type is ${type}`);
    }
    if (response.content) {
      const pointer = [...at, 'responses', String(status), 'content', 'application/json', 'schema'];
      this.check(pointer, JSON.parse(answerText)).forEach(p => problems.push('answer: ' + p));
    }
    return problems;
  }
}

// Starts a proxy. `base` is where the server's addresses begin; exchanges are counted by operation.
async function start(base, descriptions) {
  const target = new URL(base);
  const seen = new Map();
  const problems = [];
  const proxy = http.createServer((request, answer) => {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const forward = http.request(
        {
          host: target.hostname,
          port: target.port,
          method: request.method,
          path: target.pathname + request.url,
          headers: { ...request.headers, host: target.host },
        },
        reply => {
          const parts = [];
          reply.on('data', part => parts.push(part));
          reply.on('end', () => {
            const text = Buffer.concat(parts);
            const path = request.url.split('?')[0];
            const method = request.method.toLowerCase();
            for (const description of descriptions) {
              // The client asks for more than the specification has.
              if (description !== descriptions[0] && !description.find(path, method)) {
                continue;
              }
              const found = description.problems(
                method, path, body.toString(), reply.statusCode,
                reply.headers['content-type'], text.toString());
              found.slice(0, 5).forEach(
                p => problems.push(`${method} ${path} ${reply.statusCode}: ${p}`));
              const route = description.find(path, method);
              if (route && description === descriptions[0]) {
                const key = `${method} ${route.path} ${reply.statusCode}`;
                seen.set(key, (seen.get(key) || 0) + 1);
              }
            }
            answer.writeHead(reply.statusCode, reply.headers);
            answer.end(text);
          });
        });
      forward.on('error', failure => {
        problems.push(`${request.method} ${request.url}: ${failure.message}`);
        answer.destroy();
      });
      forward.end(body);
    });
  });
  await new Promise(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${proxy.address().port}`, seen, problems, close: () => proxy.close() };
}

module.exports = { Description, start };
