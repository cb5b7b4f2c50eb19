import { Ctx, Query, Resolver } from 'type-graphql';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { User } from './user.ts';

@Resolver()
export class ViewerQuery {
  @Access(ANYONE)
  @Query(() => User, { nullable: true, description: 'Who is logged in; null: nobody.' })
  viewer(@Ctx() { viewer }: Context): UserView | null {
    return viewer;
  }
}
