/** A text in which each number to call can be tapped. */
export function PhoneText({ text }: { text: string }) {
  const parts = text.split(/(?<![\d-])(1[0-9]{4}|0\d{2,3}-?\d{7,8})(?![\d-])/)
  return parts.map((part, i) =>
    i % 2 === 1 ? (
      // The parts of a text stay where they are.
      <a key={`${part}-${parts.slice(0, i).join('').length}`} className="phone-link" href={`tel:${part}`}>
        {part}
      </a>
    ) : (
      part
    ),
  )
}
