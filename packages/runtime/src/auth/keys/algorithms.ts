/** Signatures that only the holder of a private key can make: nothing symmetric, and never `none` (RFC 8725, section 3.1). */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds by which two clocks may differ. */
export const clockTolerance = 60;
