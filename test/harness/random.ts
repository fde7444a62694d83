import fc from 'fast-check'

/** What tests draw at random is the same in every run, so that a run says something about the change and nothing else; other draws by this setting. */
fc.configureGlobal({ seed: Number(process.env.SHOUWANG_TEST_SEED ?? 20_200_310) })
