import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { createMiddleware } from 'hono/factory';
import { every } from 'hono/combine';

/** Nothing but our own files; no inline script or style at all. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
});

/**
 * A page of others may point a name of its own at this machine and so share our origin. Names it cannot do that with:
 * addresses, names without a dot, and those kept for the machine itself.
 */
const trusted = /^(\[[\da-f:.]+\]|\d+(\.\d+){3}|[^.:]+|.+\.localhost|gitlab\.sandbox)(:\d+)?$/i;

const ownName = createMiddleware(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  if (trusted.test(new URL(c.req.url).host)) return next();
  return c.text('The sandbox takes changes only at an address of this machine.', 403);
});

/** For every page: headers, and no change that another site asked for. */
export const guard = every(headers, ownName, csrf());
