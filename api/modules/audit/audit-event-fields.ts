import { GraphQLJSON } from 'graphql-scalars';
import { Ctx, ID, Resolver, Root } from 'type-graphql';
import { auditText } from '@nandax/app/audit/chain.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type { AuditEventView, UserView } from '@nandax/app/views/account.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER_OR_ADMIN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { globalIdOf, isLocalId } from '../../relay/global-id.ts';
import { AuditEvent } from './audit-event.ts';

/** By what each kind of actor acts. */
const actorEntities = {
  USER: 'Session',
  API_KEY: 'ApiKey',
  AGENT: 'Agent',
  SYSTEM: null,
  STRANGER: null,
} as const satisfies Record<AuditEventView['actorKind'], string | null>;

type Personal = { readonly [key: string]: Json };

@Resolver(() => AuditEvent)
export class AuditEventFields {
  @Derived(
    OWNER_OR_ADMIN,
    () => ID,
    'Global id of the user whose account it concerns; null: it concerns the installation.',
    { nullable: true },
  )
  userId(@Root() { ownerId }: AuditEventView): string | null {
    return ownerId === installationChain ? null : globalIdOf('User', ownerId);
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => ID,
    'Global id of the user who acted; null: nobody known, or, unless an administrator asks, someone else.',
    { nullable: true },
  )
  actorUserId(@Root() { actorUserId }: AuditEventView, @Viewer() viewer: UserView): string | null {
    const shown = actorUserId !== null && (actorUserId === viewer.id || viewer.role === 'ADMIN');
    return shown ? globalIdOf('User', actorUserId) : null;
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => ID,
    'Global id of the session, API key or agent of yours by which it was done; null: none of yours.',
    { nullable: true },
  )
  actorId(@Root() event: AuditEventView, @Viewer() viewer: UserView): string | null {
    const entity = actorEntities[event.actorKind];
    const { actorId, actorUserId } = event;
    return entity === null || actorId === null || actorUserId !== viewer.id
      ? null
      : globalIdOf(entity, actorId);
  }

  @Derived(OWNER_OR_ADMIN, () => String, 'What was acted on, e.g. Order; null: the account.', {
    nullable: true,
  })
  entity(@Root() { subject }: AuditEventView): string | null {
    return subject;
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => ID,
    'Global id of what was acted on; where it has none, its name. Null: the account.',
    { nullable: true },
  )
  entityId(@Root() { subject, subjectId }: AuditEventView): string | null {
    if (subject === null || subjectId === null) return subjectId;
    return isLocalId(subject, subjectId) ? globalIdOf(subject, subjectId) : subjectId;
  }

  @Derived(OWNER_OR_ADMIN, () => GraphQLJSON, 'What was there before; null: nothing to tell.', {
    nullable: true,
  })
  before(@Root() event: AuditEventView): Json {
    return detailOf(event).before;
  }

  @Derived(OWNER_OR_ADMIN, () => GraphQLJSON, 'What was there after; null: nothing to tell.', {
    nullable: true,
  })
  after(@Root() event: AuditEventView): Json {
    return detailOf(event).after;
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => String,
    'Address from which it was done; null: not known, not yours to see, or destroyed.',
    { nullable: true },
  )
  async ipAddress(@Root() event: AuditEventView, @Ctx() context: Context) {
    return textOf(await personalOf(event, context), 'ipAddress');
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => String,
    'Program or browser by which it was done; null: not known, not yours to see, or destroyed.',
    { nullable: true },
  )
  async userAgent(@Root() event: AuditEventView, @Ctx() context: Context) {
    return textOf(await personalOf(event, context), 'userAgent');
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => GraphQLJSON,
    'All personal data of the row, such as an email before and after; null: none, not yours to see, or destroyed.',
    { nullable: true },
  )
  personal(@Root() event: AuditEventView, @Ctx() context: Context): Promise<Json> {
    return personalOf(event, context);
  }

  @Derived(
    OWNER_OR_ADMIN,
    () => String,
    'The whole row as the text that `hash` is made of, personal data sealed: see docs/audit-trail.md. Null: not your chain.',
    { nullable: true },
  )
  record(@Root() event: AuditEventView, @Viewer() viewer: UserView): string | null {
    if (event.ownerId !== viewer.id) return null;
    const { ownerId: chain, subject: entity, subjectId: entityId } = event;
    return auditText({ ...event, chain, entity, entityId });
  }
}

/** Opened for the one whose data they are, and nobody else; null also where the key was destroyed. */
async function personalOf(event: AuditEventView, context: Context): Promise<Personal | null> {
  const { viewer, loaders } = context;
  if (event.personalOf === null || event.personalOf !== viewer?.id) return null;
  const text = await loaders.personalOfAuditEvent.load(event.id);
  return text === null ? null : (JSON.parse(text) as Personal);
}

function textOf(personal: Personal | null, name: string): string | null {
  const value = personal?.[name];
  return typeof value === 'string' ? value : null;
}

function detailOf({ detail }: AuditEventView): { readonly before: Json; readonly after: Json } {
  return JSON.parse(detail) as { readonly before: Json; readonly after: Json };
}
