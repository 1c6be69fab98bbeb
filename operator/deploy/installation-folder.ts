/** Where an installation is described, unless another folder is named. */
export const INSTALLATION_FOLDER = 'installation';
