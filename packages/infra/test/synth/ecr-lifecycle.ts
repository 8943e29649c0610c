export interface Rule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any';
    readonly tagPrefixList?: readonly string[];
    readonly countType: 'imageCountMoreThan' | 'sinceImagePushed';
    readonly countNumber: number;
  };
}

/** `pushed`: when; a greater number is later. */
export interface Image {
  readonly tags: readonly string[];
  readonly pushed: number;
}

/**
 * The images that ECR would expire, for rules that count: all rules are looked at together and count every image that they match;
 * then each image is governed by the first of them that matches it, whether that expires it or not.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function expired(rules: readonly Rule[], images: readonly Image[]): Image[] {
  const inOrder = rules.toSorted((a, b) => a.rulePriority - b.rulePriority);
  const identified = new Map(inOrder.map((rule) => [rule, identifiedBy(rule, images)]));
  return images.filter((image) => {
    const governing = inOrder.find((rule) => matches(rule, image));
    return governing !== undefined && identified.get(governing)?.has(image);
  });
}

function identifiedBy(rule: Rule, images: readonly Image[]): Set<Image> {
  if (rule.selection.countType !== 'imageCountMoreThan') return new Set();
  const newestFirst = images.filter((image) => matches(rule, image)).toSorted((a, b) => b.pushed - a.pushed);
  return new Set(newestFirst.slice(rule.selection.countNumber));
}

/** An image has to have a tag for each prefix of the list. */
function matches({ selection: { tagStatus, tagPrefixList = [] } }: Rule, { tags }: Image): boolean {
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  return tags.length > 0 && tagPrefixList.every((prefix) => tags.some((tag) => tag.startsWith(prefix)));
}
