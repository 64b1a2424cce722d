import type { Member, Project, Token, User } from '../model.ts';
import { day, iso, isoOrNull } from '../world.ts';
import type { World } from '../world.ts';

/** A user inside other answers: no word on whether it is a bot. */
export const userBasic = (world: World, user: User) => ({
  id: user.id,
  username: user.username,
  public_email: null,
  name: user.name,
  state: user.state,
  locked: false,
  avatar_url: null,
  web_url: `${world.url}/${user.username}`,
});

export const basicOf = (world: World, id: number | undefined) => {
  const user = id === undefined ? undefined : world.state.users[id];
  return user === undefined ? null : userBasic(world, user);
};

export const userFull = (world: World, user: User) => ({
  ...userBasic(world, user),
  created_at: iso(user.createdAt),
  bio: '',
  location: '',
  linkedin: '',
  twitter: '',
  discord: '',
  website_url: '',
  github: '',
  job_title: '',
  pronouns: null,
  organization: '',
  bot: user.bot,
  work_information: null,
  local_time: null,
  followers: 0,
  following: 0,
  is_followed: false,
});

/** Who asks about themselves is told more. */
export const userSelf = (world: World, user: User) => ({
  ...userFull(world, user),
  email: user.email,
  commit_email: user.email,
  last_sign_in_at: null,
  confirmed_at: iso(user.createdAt),
  last_activity_on: day(world.clock.now()),
  theme_id: 3,
  color_scheme_id: 1,
  projects_limit: 100_000,
  current_sign_in_at: null,
  identities: [],
  can_create_group: !user.bot,
  can_create_project: !user.bot,
  two_factor_enabled: false,
  external: false,
  private_profile: false,
  preferred_language: 'en',
  namespace_id: null,
});

export const memberEntity = (world: World, user: User, member: Member) => ({
  ...userBasic(world, user),
  access_level: member.level,
  created_at: iso(member.createdAt),
  expires_at: member.expiresAt ?? null,
  membership_state: 'active',
});

export const isActive = (token: Token, now: number) =>
  !token.revoked && (token.expiresAt === undefined || token.expiresAt > day(now));

export const tokenEntity = (world: World, token: Token) => ({
  id: token.id,
  name: token.name,
  revoked: token.revoked,
  created_at: iso(token.createdAt),
  description: token.description,
  scopes: token.scopes,
  user_id: token.userId,
  last_used_at: isoOrNull(token.lastUsedAt),
  active: isActive(token, world.clock.now()),
  granular: false,
  expires_at: token.expiresAt ?? null,
  ...(token.level !== undefined && {
    access_level: token.level,
    resource_type: 'project',
    resource_id: token.projectId,
  }),
});

/** How a person looks in webhooks. */
export const hookUser = (user: User) => ({
  id: user.id,
  name: user.name,
  username: user.username,
  avatar_url: null,
  email: '[REDACTED]',
});

export const visibilityLevel = (project: Project) =>
  ({ private: 0, internal: 10, public: 20 })[project.visibility];
