# One image for every process: the API by default; the worker, the sandbox and the migrations by another command.
#   docker build -t pg-gateway .
#   worker: node dist/src/worker.js    sandbox: node dist/src/sandbox/main.js
#   schema: node scripts/migrate.mjs --prebuilt
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV SCARF_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
COPY scripts ./scripts
# npm ci, or where the lock leaves out packages of other platforms, an install of the same locked versions.
RUN node -e "import('./scripts/lib/install.mjs').then(({ ensureInstalled }) => ensureInstalled())"
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY migrations ./migrations
RUN node scripts/build.mjs

FROM build AS packages
RUN npm prune --omit=dev --no-audit --no-fund
# Every package of the lock (CycloneDX); those that are only built with are marked so, and are not in the image.
RUN npm run --silent sbom > sbom.json

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/sbom.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY scripts ./scripts
# The API serves them.
COPY docs/guides ./docs/guides
# The sandbox keeps its books here, the gateway its files; a volume that is mounted here gets this owner.
RUN mkdir -p .data/sandbox .data/files && chown -R node:node .data
USER node
EXPOSE 3000 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=160", "--max-semi-space-size=16", "dist/src/main.js"]
