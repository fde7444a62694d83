/**
 * The app for visits without a network: devices and what they take along.
 */
export {}
