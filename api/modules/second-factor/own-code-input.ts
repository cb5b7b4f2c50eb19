import { InputType } from 'type-graphql';
import { InputField } from '../../access/declare.ts';

@InputType({ description: 'What is shown before a second factor is changed.' })
export class OwnCodeInput {
  @InputField(() => String, 'Your password, once more.')
  password!: string;

  @InputField(() => String, 'A code of your authenticator app, or a recovery code.')
  code!: string;
}
