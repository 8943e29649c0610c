import { createService } from '@keelson/runtime';

export default createService(async () => {});
