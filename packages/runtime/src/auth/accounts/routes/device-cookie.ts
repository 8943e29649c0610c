import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookies, serializeCookie } from '../../cookies.ts';
import { deviceLifetime } from '../store/devices.ts';
import type { Caller } from '../parts.ts';

/** `__Host-device`; on http://localhost, whose ports share cookies, a name with the port. */
function nameAt(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-device' : `device-${publicUrl.port || '80'}`;
}

export function callerOf(request: FastifyRequest, publicUrl: URL, deviceToken?: string): Caller {
  const [cookie] = readCookies(request.headers.cookie, nameAt(publicUrl));
  return { address: request.ip, device: deviceToken ?? cookie };
}

export function keepDevice(reply: FastifyReply, publicUrl: URL, device: string): void {
  const secure = publicUrl.protocol === 'https:';
  reply.header('set-cookie', serializeCookie(nameAt(publicUrl), device, { secure, maxAge: deviceLifetime }));
}
