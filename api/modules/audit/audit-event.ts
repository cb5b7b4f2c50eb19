import { ObjectType } from 'type-graphql';
import type { AuditEventView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER_OR_ADMIN } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { AuditAction, AuditActorKind } from './audit-action.ts';

@ObjectType({
  implements: Node,
  description:
    'Something that happened, as the append-only trail keeps it. Each account has a chain of its own, whose rows are linked by their hashes.',
})
export class AuditEvent implements Partial<AuditEventView> {
  @Visible(OWNER_OR_ADMIN, () => AuditAction, 'What happened.')
  action!: AuditEventView['action'];

  @Visible(OWNER_OR_ADMIN, () => DateTime, 'When it happened.')
  occurredAt!: Date;

  @Visible(OWNER_OR_ADMIN, () => AuditActorKind, 'Who acted.')
  actorKind!: AuditEventView['actorKind'];

  @Visible(OWNER_OR_ADMIN, () => Count, 'Place in its chain; the first is 1, and none is left out.')
  position!: bigint;

  @Visible(
    OWNER_OR_ADMIN,
    () => String,
    'Hash of the row before it in its chain, hexadecimal; 64 zeros before the first.',
  )
  previousHash!: string;

  @Visible(OWNER_OR_ADMIN, () => String, 'SHA-256 of `record`, hexadecimal.')
  hash!: string;
}

export const AuditEventConnection = connectionOf('AuditEvent', () => AuditEvent);
