// Runs before any module: schemas compiled with `new Function` would break the content security policy, and even trying counts.
globalThis.__zod_globalConfig = { jitless: true }
