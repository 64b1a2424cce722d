import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A web site on loopback until the test is over; its address. */
export async function site(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Loopback alone: what stands for the public internet in these tests. */
export const allowed = (address: string) => address === '127.0.0.1';

const words =
  'The council agreed on Tuesday to plant four hundred trees along the river, as it had promised. ';

export const article = `<!doctype html>
<html lang="de-AT"><head><title>Trees &amp; more | The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2026-11-20T08:30:00Z">
<meta name="author" content="Ada Brandt">
<meta name="description" content="Four hundred trees for the river #Baum.">
<link rel="canonical" href="/trees">
<script>alert('never')</script></head>
<body><nav><a href="/">Home</a> <a href="/login">Log in</a></nav>
<article><h1>Trees &amp; more</h1><p>${words.repeat(4)}</p><ul><li>${words}</li><li>Cafe\u0301 &lt;b&gt; ${words}</li></ul>
<p>${words.repeat(3)}</p></article><footer>Cookies, imprint</footer></body></html>`;
