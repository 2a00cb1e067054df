import '../../server/sandbox/main';
