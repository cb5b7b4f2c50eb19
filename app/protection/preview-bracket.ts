import { fail, type Result } from '@nandax/core/result.ts';
import {
  previewRequest,
  type Asked,
  type PreviewFailure,
  type PreviewPorts,
  type RequestPreview,
} from '../orders/preview-request.ts';
import { bracketAtDoor, misfitOfBracket, type AskedBracket } from './place-bracket.ts';

/** What `placeBracket` would come to with the same bracket. Writes nothing and locks nothing. */
export async function previewBracket(
  ports: PreviewPorts,
  { actor, portfolioId, bracket }: Asked & { readonly bracket: AskedBracket },
): Promise<Result<RequestPreview, PreviewFailure>> {
  const misfit = misfitOfBracket(bracket);
  if (misfit !== null) return fail(misfit);
  return previewRequest(ports, { actor, portfolioId }, 'BRACKET', (rows, { feedId }) =>
    bracketAtDoor(rows, feedId, bracket, actor.userId),
  );
}
