# syntax=docker/dockerfile:1

FROM node:22-slim AS build
WORKDIR /app
# The manifests alone first: the installation is rebuilt only when a dependency changes.
COPY package.json package-lock.json ./
COPY core/package.json core/
COPY app/package.json app/
COPY adapters/package.json adapters/
COPY api/package.json api/
COPY worker/package.json worker/
COPY web/package.json web/
COPY cli/package.json cli/
# Install scripts are left out: ours needs the sources, and the only other one of weight prepares
# the embedded PostgreSQL, which a container never starts.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run prepare && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
ENV NODE_ENV=production \
    NANDAX_HOME=/var/lib/nandax
RUN install --directory --owner=node --group=node "$NANDAX_HOME"
WORKDIR /app
COPY --from=build /app /app
USER node
EXPOSE 3000 3001
# One image for api, worker, web and migrate; docker-compose.yml names the command of each.
CMD ["node", "--import", "tsx", "api/main.ts"]
