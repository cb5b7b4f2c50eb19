/* global document, GraphiQL, graphqlWs, React, ReactDOM, URLSearchParams, window */
// The browser sends the session's cookie by itself, over HTTP and over the WebSocket alike.
const url = window.location.pathname;
const socketUrl = new URL(url, window.location.href);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

const fetcher = GraphiQL.createFetcher({
  url,
  wsClient: graphqlWs.createClient({ url: socketUrl.href }),
});

const defaultQuery = `# The contract of NandaX. Log in first, or run:
#
# mutation { login(input: { email: "...", password: "..." }) { __typename } }

{
  viewer {
    id
    displayName
  }
}
`;

// A link may bring its operation along: /graphql?query=...
const query = new URLSearchParams(window.location.search).get('query') ?? undefined;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery, query }),
);
