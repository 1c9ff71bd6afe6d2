export default function Admin() { return <b>admin</b>; }
