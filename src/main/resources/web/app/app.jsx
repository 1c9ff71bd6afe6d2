import { createRoot } from 'react-dom/client';
import { lazy, Suspense } from 'react';
import './page.css';
const Admin = lazy(() => import('./admin/Admin'));
createRoot(document.getElementById('page')).render(<p>hello <Suspense><Admin /></Suspense></p>);
