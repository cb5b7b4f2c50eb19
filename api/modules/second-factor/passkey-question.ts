import { ObjectType } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { DateTime } from '../../scalars/scalars.ts';

@ObjectType({ description: 'What a browser asks an authenticator.' })
export class PasskeyQuestion {
  @Visible(
    WITH_PARENT,
    () => String,
    'Stands for this step when the answer is sent; keep it secret.',
  )
  secret!: string;

  @Visible(WITH_PARENT, () => DateTime, 'Until when the answer has to be sent.')
  expiresAt!: Date;

  @Visible(
    WITH_PARENT,
    () => GraphQLJSONObject,
    'Options for `navigator.credentials.create` or `get`, in the JSON form of WebAuthn level 3.',
  )
  options!: object;
}
