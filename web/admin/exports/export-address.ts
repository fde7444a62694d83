export const exportAddress = (id: string) => `/api/exports/${id}/file`
