import { TextField } from '../components/field.tsx';

/** One's own password once more, before something that matters. */
export function OwnPasswordField({ error }: { readonly error: string | undefined }) {
  return (
    <TextField
      label="Your password"
      name="password"
      type="password"
      autoComplete="current-password"
      required
      error={error}
    />
  );
}
