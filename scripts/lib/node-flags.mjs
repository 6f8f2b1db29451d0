/**
 * How an API process is started: V8 otherwise lets garbage of short requests pile up to hundreds of megabytes before it
 * collects. The live data of 256 requests at once are below 60 MiB. The Dockerfile says the same.
 */
export const API_NODE_FLAGS = ['--max-old-space-size=160', '--max-semi-space-size=16'];
