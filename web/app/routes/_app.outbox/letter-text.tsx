import { Fragment } from 'react';

const address = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/;

/** The text of a letter, with its links to follow. They open apart, as from a mail program. */
export function LetterText({ text }: { readonly text: string }) {
  return (
    <p className="text-sm wrap-anywhere whitespace-pre-wrap">
      {text.split(address).map((part, index) =>
        address.test(part) ? (
          <a
            key={index}
            href={part}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-3"
          >
            {part}
          </a>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </p>
  );
}
