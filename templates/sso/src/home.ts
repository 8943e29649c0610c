import { type ServiceApp, signedIn } from '@keelson/runtime';
import Type from 'typebox';
import type { Db } from './database.ts';
import { homePage } from './home-page.ts';
import { listNotes } from './notes-table.ts';
import { stylesheet } from './stylesheet.ts';

const notesOnPage = 50;
