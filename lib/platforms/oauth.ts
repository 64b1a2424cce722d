import type { Account } from './surroundings.ts';

/** How a network hands out tokens (RFC 6749, RFC 7636). Variables are `<NETWORK>_CLIENT_ID` and so on, see tokens.ts. */
export interface OAuth {
  /** Where people agree. */
  authorize: string;
  /** Where codes and refresh tokens become tokens. */
  token: string;
  scopes: readonly string[];
  /** What an account with these settings asks for instead, where that differs (LinkedIn's organizations). */
  scopesFor?(account: Account): readonly string[];
  /** Between scopes: a space unless said otherwise. */
  separator?: ',';
  /** Proof key for code exchange, S256. */
  pkce: boolean;
  /** Whether id and secret of the client go into the body or the Authorization header. */
  client: 'body' | 'basic';
  /** TikTok says `client_key`. */
  clientIdName?: string;
  /** Further parameters of the page where people agree, e.g. `access_type=offline`. */
  extra?: Readonly<Record<string, string>>;
  /**
   * How a token is renewed. `rotating`: each refresh token serves once. `lasting`: the same one serves again.
   * `exchange`: a living access token is exchanged for a new one with `grant_type=<grant>` at `url` (Meta); `first` is
   * how the one that came for a code becomes one that lasts.
   */
  renewal: { how: 'rotating' | 'lasting' } | ({ how: 'exchange'; first?: Exchange } & Exchange);
}

/** A GET that gives a new token for a living one. */
export interface Exchange {
  url: string;
  grant: string;
  /** Name of the parameter with the token; `access_token` when absent, `fb_exchange_token` for Facebook. */
  parameter?: string;
  /** What of the client goes along; nothing when absent, its secret for `first`. */
  sends?: readonly ('client_id' | 'client_secret')[];
}

/** Access tokens of an account that expire and are renewed. */
export interface Tokens {
  /** One that is good for a while yet; renewed first if need be. Throws CREDENTIALS_REFUSED, DELIVERY_BUSY. */
  access(): Promise<string>;
  /** Told that the network refused this token: the next `access` renews it. */
  refused(token: string): void;
}
