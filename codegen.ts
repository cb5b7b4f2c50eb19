import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** Types every operation of the web against schema.graphql; documents stand beside the screen that asks. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['web/app/**/*.graphql'],
  generates: {
    'web/app/generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        skipIndexFile: true,
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        enumsAsTypes: true,
        nonOptionalTypename: true,
        useTypeImports: true,
        strictScalars: true,
        // Decimals travel and stay as strings: the browser shows figures and never computes on them.
        scalars: {
          Count: 'string',
          Cursor: 'string',
          DateTime: 'string',
          Decimal: 'string',
          JSON: 'unknown',
          JSONObject: 'Record<string, unknown>',
          Money: 'string',
          Price: 'string',
          Quantity: 'string',
        },
      },
    },
  },
};

export default config;
