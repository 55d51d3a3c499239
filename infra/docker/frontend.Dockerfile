# The web: Next.js as a standalone server. Where the API is, it reads at run time, so one image serves every installation.
# docker build -f infra/docker/frontend.Dockerfile --build-arg REVISION="$(git rev-parse HEAD)" -t glucolens-frontend .
FROM node:24-bookworm-slim AS base
WORKDIR /app

# npm ci compares the lock file with every workspace.
FROM base AS build
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN --mount=type=cache,target=/root/.npm npm ci --workspace frontend --include-workspace-root --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY frontend/next.config.ts frontend/postcss.config.mjs frontend/tsconfig.json frontend/
COPY frontend/messages frontend/messages
COPY frontend/src frontend/src
RUN npm run build --workspace frontend

FROM base AS runtime
# Idle connections outlive the 60 s of common load balancers, so that the balancer, not the server, closes them.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 KEEP_ALIVE_TIMEOUT=65000
# Only what the server's files import comes along; Next traces it.
COPY --from=build /app/frontend/.next/standalone ./
COPY --from=build /app/frontend/.next/static ./frontend/.next/static
COPY frontend/public ./frontend/public
COPY infra/docker/healthcheck.mjs ./infra/docker/healthcheck.mjs
# Late, so that another commit does not make the layers above anew.
ARG REVISION=unknown
LABEL org.opencontainers.image.title="GlucoLens web" \
  org.opencontainers.image.description="The pages of GlucoLens" \
  org.opencontainers.image.source="https://github.com/glucolens/glucolens" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.revision="${REVISION}"
ENV REVISION=${REVISION}
WORKDIR /app/frontend
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/infra/docker/healthcheck.mjs"]
CMD ["node", "server.js"]
