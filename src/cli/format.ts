/** The formats of the commands that judge. */
export const formats = ['human', 'json', 'junit', 'github'] as const

export type Format = (typeof formats)[number]
