/** Words of the stops "what it adds" and "compare, spend". */
export const ANSWER = {
};
