import { auth0 } from './auth0.ts';
import { cognito } from './cognito.ts';
import { generic } from './generic.ts';
import { google } from './google.ts';
import type { Vendor } from './vendor.ts';

export type { Vendor } from './vendor.ts';

export type VendorName = 'auth0' | 'google' | 'cognito' | 'generic';

export const vendors: Readonly<Record<VendorName, Vendor>> = { auth0, google, cognito, generic };
