/** The account of a trial installation. Its password is minted there and told on the terminal only. */
export const demoEmail = 'demo@nandax.local';
