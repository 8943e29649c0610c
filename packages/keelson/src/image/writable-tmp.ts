/**
 * Tasks on Fargate get an empty folder there, of root and for root alone, unless the image says that it is a volume: then it has
 * the owner and the rights that it has in the image.
 * Source: AWS, Amazon ECS Developer Guide, “Use bind mounts with Amazon ECS”
 */
export const writableTmp = `# Fargate mounts an empty folder there. Without this line it would be root's alone.
VOLUME ["/tmp"]
`;
