# API, worker, scheduler and migrations: one image, PROCESS_ROLE and the command say which.
# docker build -f infra/docker/backend.Dockerfile --build-arg REVISION="$(git rev-parse HEAD)" -t glucolens-backend .
FROM node:24-bookworm-slim AS base
WORKDIR /app

# npm ci compares the lock file with every workspace.
FROM base AS manifests
COPY package.json package-lock.json ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/

FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm npm ci --workspace backend --include-workspace-root --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.base.json ./
COPY backend/.swcrc backend/tsconfig.json backend/tsconfig.build.json backend/
COPY backend/src backend/src
RUN npm run build --workspace backend

FROM manifests AS dependencies
RUN --mount=type=cache,target=/root/.npm npm ci --workspace backend --omit=dev --ignore-scripts --no-audit --no-fund \
  && mkdir -p backend/node_modules

FROM base AS runtime
# Uploads are spooled under DATA_DIR: the only folder that must be writable, besides it the root may be read-only.
ENV NODE_ENV=production DATA_DIR=/tmp/glucolens
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=dependencies /app/backend/node_modules ./backend/node_modules
COPY backend/package.json ./backend/package.json
COPY infra/docker/healthcheck.mjs infra/docker/make-secrets.mjs ./infra/docker/
COPY --from=build /app/backend/dist ./backend/dist
# Late, so that another commit does not make the layers above anew.
ARG REVISION=unknown
LABEL org.opencontainers.image.title="GlucoLens backend" \
  org.opencontainers.image.description="API, worker and scheduler of GlucoLens" \
  org.opencontainers.image.source="https://github.com/glucolens/glucolens" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.revision="${REVISION}"
ENV REVISION=${REVISION}
WORKDIR /app/backend
USER 1000:1000
EXPOSE 8000 9464
HEALTHCHECK --interval=5s --timeout=5s --start-period=90s --retries=3 CMD ["node", "/app/infra/docker/healthcheck.mjs"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
