/** The kernel's logo: the letters TS in a loop that feeds back into itself, as a recurrent cell does. */
export const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="TypeScript kernel">
  <rect width="64" height="64" rx="10" fill="#235a97"/>
  <g fill="none" stroke="#ffffff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">
    <path d="M14 33 H30 M22 33 V53"/>
    <path d="M49 36 C47 32 37 31.5 37 37.5 C37 44 50 41.5 50 48 C50 54.5 38 54 36 49"/>
  </g>
  <g fill="none" stroke="#ffc857" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
    <path d="M14 24 C14 6 50 6 50 23"/>
    <path d="M43.5 18 L50 24.5 L56.5 18"/>
  </g>
</svg>
`;
