/** Style sheets are bundled beside the script by the build; importing one has no value. */
declare module '*.css';
