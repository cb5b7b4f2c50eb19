import { Ctx, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Visible } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';

@ObjectType({ description: 'This running NandaX, as anyone may see it.' })
export class Installation {
  @Visible(ANYONE, () => Boolean, 'Whether this installation has a demo account.')
  demoAccount!: boolean;

  @Visible(
    ANYONE,
    () => Boolean,
    'Whether letters stay here, for the demo account to read, because there is no mail server.',
  )
  localOutbox!: boolean;

  @Visible(ANYONE, () => String, 'Version of the program.')
  version!: string;
}

@Resolver()
export class InstallationQuery {
  @Access(ANYONE)
  @Query(() => Installation, { description: 'What this installation is; open to everyone.' })
  async installation(@Ctx() { ports }: Context) {
    return {
      demoAccount: await ports.accounts.demoAccountExists(),
      localOutbox: ports.settings.localOutbox,
      version: ports.version,
    };
  }
}
