import { lookup } from 'node:dns';
import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublic } from './address.ts';

export interface Download {
  /** Where it was found in the end. */
  url: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface DownloadLimits {
  /** Which IP addresses may be asked; those of the public internet when absent. */
  allowed?: (address: string) => boolean;
  /** All in all, ms. */
  patience?: number;
  /** Unpacked. */
  bytes?: number;
  /** Names to addresses; the machine's own way when absent. */
  resolve?: LookupFunction;
}

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 5;

/**
 * Gets a page. Every address is judged as the connection is made, after names were resolved and after every redirect,
 * so that no name can lead into a private network. Throws an error with a plain sentence.
 */
export async function download(url: string, limits: DownloadLimits = {}): Promise<Download> {
  const { patience = 20_000, bytes: most = 5 * 1024 * 1024 } = limits;
  const signal = AbortSignal.timeout(patience);
  let at = url;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await ask(webAddress(at), limits, signal);
    const { statusCode = 0, headers } = response;
    if (redirects.has(statusCode) && headers.location !== undefined) {
      response.destroy();
      at = URL.parse(headers.location, at)?.href ?? headers.location;
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new Error(`it answered ${String(statusCode)}`);
    }
    const contentType = headers['content-type'] ?? '';
    if (!/^(?:text\/(?:html|plain)|application\/xhtml\+xml)\b/i.test(contentType || 'text/html')) {
      response.destroy();
      throw new Error(`it is ${contentType} and no page`);
    }
    return { url: at, contentType, bytes: await bodyOf(response, most, signal) };
  }
  throw new Error(`it leads on more than ${String(mostRedirects)} times`);
}

const tooLong = () => new Error('it took too long');

function webAddress(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('it is no address of the web');
  if (url.username !== '' || url.password !== '') throw new Error('its address holds a password');
  return url;
}

function ask(url: URL, limits: DownloadLimits, signal: AbortSignal): Promise<IncomingMessage> {
  const { allowed = isPublic, resolve = lookup } = limits;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const refusal = () => new Error(`${host} is no public address`);
  // Names that are addresses are never looked up.
  if (isIP(host) !== 0 && !allowed(host)) return Promise.reject(refusal());
  const judged: LookupFunction = (name, options, done) => {
    resolve(name, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (error === null && !addresses.every(allowed)) done(refusal(), '', 0);
      else done(error, found, family);
    });
  };
  const options: RequestOptions = {
    agent: false,
    lookup: judged,
    signal,
    headers: {
      accept: 'text/html, application/xhtml+xml, text/plain;q=0.8',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'SocialPulse',
    },
  };
  return new Promise((fulfil, reject) => {
    const open = url.protocol === 'https:' ? requestSecurely : request;
    const sent: ClientRequest = open(url, options, fulfil);
    sent.on('error', (error) => {
      reject(signal.aborted ? tooLong() : error);
    });
    sent.end();
  });
}

async function bodyOf(
  response: IncomingMessage,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of unpacked(response) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > most) throw new Error(`it is larger than ${String(most)} bytes`);
      parts.push(part);
    }
  } catch (error) {
    response.destroy();
    throw signal.aborted ? tooLong() : error;
  }
  return Buffer.concat(parts);
}

function unpacked(response: IncomingMessage): AsyncIterable<unknown> {
  const unpack = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[response.headers['content-encoding']?.toLowerCase() ?? ''];
  if (!unpack) return response;
  const unpacking = unpack();
  // What goes wrong comes out of the stream that is read.
  pipeline(response, unpacking, () => undefined);
  return unpacking;
}
